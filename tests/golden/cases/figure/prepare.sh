# Heads of pictures: more is not read before a page is painted.
png() { # NAME WIDTH HEIGHT, in four octal bytes each
    printf '\211PNG\r\n\032\n\0\0\0\015IHDR'"$2$3"'\010\002\0\0\0\0\0\0\0' >"data/$1"
}
jpeg() { # NAME WIDTH HEIGHT, in two octal bytes each
    printf '\377\330\377\300\0\021\010'"$3$2"'\003\001\021\0\002\021\0\003\021\0\377\332\0\010\003\001\0\0\0\0' >"data/$1"
}
mkdir -p data/照片
png 网格图.png '\0\0\004\260' '\0\0\003\040'
jpeg 照片/现场.jpg '\017\240' '\013\270'
mkdir data/图 && ln -s ../网格图.png data/图/另一张.png
