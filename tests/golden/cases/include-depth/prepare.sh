i=1
while [ $i -lt 80 ]; do
    echo "<keep><include href=\"$((i + 1)).xml\"/></keep>" >$i.xml
    i=$((i + 1))
done
echo '<p>1</p>' >80.xml
