FROM golang:1.24
RUN go run make.go
