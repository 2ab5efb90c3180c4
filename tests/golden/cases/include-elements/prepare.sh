# 10 × 100 × 101 paragraphs
many() {
    echo '<include>'
    i=0
    while [ $i -lt "$1" ]; do
        echo "<include href=\"$2\"/>"
        i=$((i + 1))
    done
    echo '</include>'
}
many 10 乙.xml >甲.xml
many 100 丙.xml >乙.xml
many 101 丁.xml >丙.xml
