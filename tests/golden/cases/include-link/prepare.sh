mkdir 里
echo '<style lines="20"/>' >里/样式.xml
ln -s 里/样式.xml 样式.xml
for name in 秘密.xml 目录.xml 字体.ttf; do ln -s /etc/passwd "$name"; done
