# Heads of pictures: more is not read before a page is painted.
png() { # NAME WIDTH HEIGHT, in four octal bytes each
    printf '\211PNG\r\n\032\n\0\0\0\015IHDR'"$2$3"'\010\002\0\0\0\0\0\0\0' >"data/$1"
}
jpeg() { # NAME WIDTH HEIGHT, in two octal bytes each
    printf '\377\330\377\300\0\021\010'"$3$2"'\003\001\021\0\002\021\0\003\021\0\377\332\0\010\003\001\0\0\0\0' >"data/$1"
}
mkdir -p data/照片
jpeg 照片/1a.jpg '\017\240' '\013\270'
png 照片/大.png '\0\0\165\060' '\0\0\165\060'
