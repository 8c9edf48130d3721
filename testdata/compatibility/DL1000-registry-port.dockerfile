FROM registry:5000/team/base:1
