"""The demonstration company «Пельмень», with which an empty instance can be tried out."""
