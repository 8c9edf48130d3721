	FROM	debian:latest	AS	base
