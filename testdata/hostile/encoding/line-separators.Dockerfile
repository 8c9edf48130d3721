# a b cdef
FROM debian:latest
