/* The texts of the XSD and the element table agree: nothing without a text, no text for nothing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "template/schema_xsd.h"

static void test_everything_has_a_text(void **state)
{
    int bare = 0;
    (void)state;
    for (size_t i = 0; i < schema_element_count(); i++) {
        const ElementDef *def = schema_element(i);
        if (!schema_doc(def->name, NULL, NULL) && ++bare)
            print_error("<%s> has no text in schema_docs.c\n", def->name);
        for (const AttrDef *attr = def->attrs; attr && attr->name; attr++)
            if (!schema_doc(def->name, attr->name, NULL) && ++bare)
                print_error("<%s %s> has no text in schema_docs.c\n", def->name, attr->name);
    }
    assert_int_equal(bare, 0);
}

static bool has_choice(const AttrDef *attr, const char *name)
{
    for (const Choice *choice = attr->choices; choice && choice->name; choice++)
        if (strcmp(choice->name, name) == 0)
            return true;
    return false;
}

/* The row says something about this element. */
static bool fits(const SchemaDoc *doc, const ElementDef *def)
{
    const AttrDef *attr = doc->attr ? schema_attr_find(def, doc->attr) : NULL;
    if (strcmp(doc->element, "*") != 0 && strcmp(doc->element, def->name) != 0)
        return false;
    return !doc->attr || (attr && (!doc->choice || has_choice(attr, doc->choice)));
}

static void test_nothing_stale(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_doc_count(); i++) {
        const SchemaDoc *doc = &schema_docs[i];
        bool used = false;
        for (size_t k = 0; k < schema_element_count(); k++)
            used = used || fits(doc, schema_element(k));
        if (!used)
            fail_msg("<%s %s> is not in the element table", doc->element, doc->attr);
    }
}

static void test_said_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_doc_count(); i++) {
        const SchemaDoc *doc = &schema_docs[i];
        if (schema_doc(doc->element, doc->attr, doc->choice) != doc->text)
            fail_msg("<%s %s> stands there twice", doc->element, doc->attr ? doc->attr : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_everything_has_a_text),
        cmocka_unit_test(test_nothing_stale), cmocka_unit_test(test_said_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
