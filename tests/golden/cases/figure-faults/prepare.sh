# Heads of pictures: more is not read before a page is painted.
png() { # NAME WIDTH HEIGHT, in four octal bytes each
    printf '\211PNG\r\n\032\n\0\0\0\015IHDR'"$2$3"'\010\002\0\0\0\0\0\0\0' >"data/$1"
}
jpeg() { # NAME WIDTH HEIGHT, in two octal bytes each
    printf '\377\330\377\300\0\021\010'"$3$2"'\003\001\021\0\002\021\0\003\021\0\377\332\0\010\003\001\0\0\0\0' >"data/$1"
}
mkdir -p data/照片
png 大图.png '\0\0\165\060' '\0\0\165\060'
png 长图.png '\0\0\200\0' '\0\0\0\012'
png 半截.png '\0\0\0\0' '\0\0\0\012'
printf 'GIF89a' >data/动图.png
printf '\377\330\377\300\0\024\010\0\144\0\144\004\001\021\0\002\021\0\003\021\0\004\021\0' >data/印刷.jpg
printf '\377\330\377\340\0\020JFIF' >data/断.jpg
: >data/空.jpg
truncate -s 20971521 data/重.png
png 现场.PNG '\0\0\0\144' '\0\0\0\144'
png ../外面.png '\0\0\0\144' '\0\0\0\144'
ln -s ../外面.png data/链接.png
mkdir data/目录.png
