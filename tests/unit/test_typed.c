/* typed_find: figures that stand in the prose by hand, and what only looks like one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "check/typed.h"
#include "document/provenance.h"

/* {…} in a text is a computed figure. Found: text=value unit, ~ before the value of a rough one;
 * one behind another with blanks. */
static const struct {
    const char *text, *found;
} cases[] = {
    /* figures */
    {"设立岗亭12个", "12个=12个"},
    {"设立岗亭１２个", "１２个=12个"},
    {"设立岗亭 12 个", "12 个=12个"},
    {"十二个岗亭", "十二个=12个"},
    {"投工三百余人次", "三百余人次=~300人次"},
    {"清理垃圾三百余吨", "三百余吨=~300吨"},
    {"严格按照7条措施", "7条=7条"},
    {"提高百分之五", "百分之五=0.05"},
    {"提高百分之九十五点三", "百分之九十五点三=0.953"},
    {"提高百分之5", "5=0.05"},
    {"占三分之二", "三分之二=0.666666666667"},
    {"九成以上群众", "九成=~0.9"},
    {"近七成", "七成=~0.7"},
    {"完成改水率100%；", "100%=1"},
    {"下降2.3个百分点", "2.3个百分点=2.3个百分点"},
    {"下降3.5‰", "3.5‰=0.0035"},
    {"投入1,234.5万元", "1,234.5万元=12345000元"},
    {"共投入50余万元，清理1000余吨", "50余万元=~500000元 1000余吨=~1000吨"},
    {"9000多万元", "9000多万元=~90000000元"},
    {"9200万余株", "9200万余株=~92000000株"},
    {"近30亿元", "30亿元=~3000000000元"},
    {"3~5名驻村干部", "3~5名=~5名"},
    {"推选5—7人", "5—7人=~7人"},
    {"5%—10%", "5%=0.05 10%=0.1"},
    {"“2+4+17+73”网格", "2+4+17+73=96"},
    {"15日内完成", "15日=15日"},
    {"15个工作日内", "15个工作日=15个工作日"},
    {"历时3年", "3年=3年"},
    {"两个月来", "两个月=2个月"},
    {"连续三年", "三年=3年"},
    {"三日内答复", "三日=3日"},
    {"共发放牌匾一块、肥猪一头；", "一块=1块 一头=1头"},
    {"通报批评一次。", "一次=1次"},
    {"上百个院落，近千人次", "百个=~100个 千人次=~1000人次"},
    {"百余户", "百余户=~100户"},
    {"一千零一十户", "一千零一十户=1010户"},
    {"两百万元", "两百万元=2000000元"},
    {"代表12名", "12名=12名"},
    {"附件2份", ""},
    {"得分92.5，居第一", "92.5=92.5 第一=1"},
    {"80至89分为良好", "80至89分=~89分"},
    {"年产6万吨", "6万吨=60000吨"},
    {"干部 400 余人", "400 余人=~400人"},
    {"新建公厕20所，另有3所在建", "20所=20所 3=3"},
    {"“1345”发展思路", ""},
    {"跻身全国10强", ""},
    {"县十六届人大三次会议", ""},
    {"召开三次会议", "三次=3次"},
    {"456.2", "456.2=456.2"},
    {"硬化主干道1。5公里", "1。5公里=1.5公里"},
    {"按500元/户补助", "500元/户=500元/户"},
    {"新增绿地300㎡", "300㎡=300㎡"},
    {"共5km", "5km=5km"},
    {"17个村民小组", "17个=17个"},
    {"11个月", "11个月=11个月"},
    {"清理{456.2}吨、12处，{17}个村", "12处=12处"},
    {"{1}月至今投入5万元", "5万元=50000元"},
    {"采取以下三项措施，讲3点意见", "三项=3项 3点意见=3点意见"},
    {"5人、6人", "5人=5人 6人=6人"},
    {"石桥村排名第3，居全县第5位", "第3=3 第5位=5"},
    {"获第一名，排名第二", "第一名=1 第二=2"},
    {"把安全放在第一位，第3项、第三季度，第1名单", ""},
    {"排在第3章，列第五条", ""},
    {"每周三例会", ""},
    {"发生三例。", "三例=3例"},
    /* dates, times, periods */
    {"2024年6月15日上午9时30分", ""},
    {"2024年6月15日9：30", ""},
    {"二〇二四年六月三十日", ""},
    {"十五日、三季度、上半年", ""},
    {"1—6月，5、6月，6月1日至7日", ""},
    {"2024-06-30、2024.6.30、2024/6/30", ""},
    {"自2023年至2025年", ""},
    {"2024—2025年度", ""},
    {"{2024}年{6}月15日", ""},
    {"24年6月", ""},
    {"20世纪90年代", ""},
    {"“6·5”环境日，24/7值守", ""},
    {"20xx年，XX条", ""},
    {"2024村庄清洁、2024人居环境", ""},
    {"建党100周年", ""},
    /* numbers of documents, labels, names */
    {"洋政发〔2024〕17号", ""},
    {"17号文件，第17期，第3条，第十二条", ""},
    {"第一、第三名，前三名，前3名", "第三名=3"},
    {"《关于开展12个专项行动的通知》", ""},
    {"GB/T 9704—2012，A3纸，PM2.5，G4，5G", ""},
    {"表1、图2、附件3、附件：4", ""},
    {"1.加强领导。2.压实责任", ""},
    {"（1）加强领导；（2）压实责任", ""},
    {"一是加强，二是压实，三要", ""},
    {"一、二、三", ""},
    {"电话：0731-8888888，13800000000", ""},
    {"开通12345、12388举报热线", ""},
    {"联系方式：3231169@qq.com", ""},
    {"https://www.dawenbi.com/172213.html", ""},
    {"029县道，108国道", ""},
    {"长塘村3组，下塘村三组", ""},
    /* turns of phrase, names */
    {"一律一批一方面一些一个一定进一步统一", ""},
    {"十四五规划、“十四五”期间", ""},
    {"每月一次，每一处问题", ""},
    {"五治、三清一改、七改三网", ""},
    {"“四个环节”“五点减量法”", ""},
    {"五位一体，三年行动，四个意识，三个一批", ""},
    {"三级网格、四级联动、五个一工程", ""},
    {"千家万户，万亩良田，百家争鸣", ""},
    {"成千上万，数十个，几十户，十几个，三五个", ""},
    {"一次警告、二次罚款、三次报警", ""},
    {"二次污染，第三次产业，三次产业", ""},
    {"两委，两手抓，两旁，双方", ""},
    {"三部门、五部委", ""},
    {"十佳、十强、十大", ""},
    {"一村一策，一户一档，一月一考评", ""},
    {"二十大精神，二十届三中全会", ""},
    {"3：1、3×5", ""},
    {"一亿亿亿亿个、十三四个", ""},
    {"", ""},
};

static Inline *line_of(Arena *arena, const char *text)
{
    static const Provenance computed;
    Inline *first = NULL, **link = &first;
    while (*text) {
        bool figure = *text == '{';
        const char *end = figure ? strchr(text, '}') : text + strcspn(text, "{");
        text += figure;
        Inline *piece = inline_text(
            arena, arena_strndup(arena, text, (size_t)(end - text)), (At){.data = NULL});
        piece->figure = figure ? &computed : NULL;
        *link = piece;
        link = &piece->next;
        text = end + figure;
    }
    return first;
}

static void describe(const TypedFigure *figure, Buf *out)
{
    char value[DECIMAL_TEXT];
    decimal_format(decimal_trim(figure->value), value);
    buf_addf(out, "%s%s=%s%s%s", out->length ? " " : "", figure->text, figure->rough ? "~" : "",
        value, figure->unit ? figure->unit : "");
}

static void test_cases(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        TypedList list = {0};
        Buf found = {0};
        typed_find(arena, line_of(arena, cases[i].text), &list);
        for (size_t j = 0; j < list.count; j++)
            describe(&list.items[j], &found);
        const char *got = found.data ? found.data : "";
        if (strcmp(got, cases[i].found) != 0) {
            print_error("%s\n  expected %s\n  found    %s\n", cases[i].text, cases[i].found, got);
            wrong++;
        }
        buf_free(&found);
    }
    arena_free(arena);
    assert_int_equal(wrong, 0);
}

static void test_places(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    TypedList list = {0};
    Inline *first = line_of(arena, "共{17}个村，设岗12个");
    typed_find(arena, first, &list);
    assert_int_equal(list.count, 1);
    const TypedFigure *figure = &list.items[0];
    assert_ptr_equal(figure->piece, first->next->next);
    assert_memory_equal(figure->piece->text + figure->offset, "12个", strlen("12个"));
    char *plain = inline_plain(arena, first);
    assert_memory_equal(plain + figure->start, "12个", figure->end - figure->start);
    assert_int_equal(figure->end, strlen(plain));
    arena_free(arena);
}

static void test_group(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    TypedList list = {0};
    typed_find(arena, line_of(arena, "“2+4+17+73”体系"), &list);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].kind, TYPED_GROUP);
    assert_int_equal(list.items[0].part_count, 4);
    assert_int_equal(list.items[0].parts[2].mantissa, 17);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
