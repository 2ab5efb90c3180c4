/* Attachments as PDF/A-3 wants them: a file specification with its relation to the paper, named in
 * the catalogue's /AF and among /EmbeddedFiles (engine.md 3.3). */
#include <stdio.h>
#include "output/finish_internal.h"

static qpdf_oh embedded_file(Finisher *f, const Attachment *attachment)
{
    qpdf_data qpdf = f->qpdf;
    char type[64];
    snprintf(type, sizeof type, "/%s", attachment->type);
    qpdf_oh params = qpdf_oh_new_dictionary(qpdf);
    set(f, params, "/Size", qpdf_oh_new_integer(qpdf, (long long)attachment->bytes.length));
    set(f, params, "/ModDate", finish_date(f));
    qpdf_oh stream = finish_stream(f, &attachment->bytes);
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, stream);
    set(f, dictionary, "/Type", qpdf_oh_new_name(qpdf, "/EmbeddedFile"));
    set(f, dictionary, "/Subtype", qpdf_oh_new_name(qpdf, type));
    set(f, dictionary, "/Params", params);
    return stream;
}

static qpdf_oh file_specification(Finisher *f, const Attachment *attachment)
{
    qpdf_data qpdf = f->qpdf;
    qpdf_oh file = embedded_file(f, attachment), files = qpdf_oh_new_dictionary(qpdf);
    qpdf_oh name = qpdf_oh_new_unicode_string(qpdf, attachment->name);
    set(f, files, "/F", file);
    set(f, files, "/UF", file);
    qpdf_oh made = parse(f, "<< /Type /Filespec /AFRelationship /Data >>");
    set(f, made, "/F", name);
    set(f, made, "/UF", name);
    set(f, made, "/Desc", qpdf_oh_new_unicode_string(qpdf, "本文数据的来源"));
    set(f, made, "/EF", files);
    return qpdf_make_indirect_object(qpdf, made);
}

/* Keys of a name tree are sorted: numbers of like length are, whatever the files are called. */
void finish_attach(Finisher *f, qpdf_oh root)
{
    qpdf_data qpdf = f->qpdf;
    if (!f->attachments || f->attachments->count == 0)
        return;
    qpdf_oh related = qpdf_oh_new_array(qpdf), named = qpdf_oh_new_array(qpdf);
    for (size_t i = 0; i < f->attachments->count; i++) {
        char number[24];
        snprintf(number, sizeof number, "%08zu", i + 1);
        qpdf_oh specification = file_specification(f, &f->attachments->items[i]);
        qpdf_oh_append_item(qpdf, related, specification);
        qpdf_oh_append_item(qpdf, named, qpdf_oh_new_string(qpdf, number));
        qpdf_oh_append_item(qpdf, named, specification);
    }
    set(f, root, "/AF", related);
    qpdf_oh tree = qpdf_oh_new_dictionary(qpdf);
    set(f, tree, "/Names", named);
    qpdf_oh names = key(f, root, "/Names");
    if (!qpdf_oh_is_dictionary(qpdf, names)) { /* Cairo has it for named destinations */
        names = qpdf_oh_new_dictionary(qpdf);
        set(f, root, "/Names", names);
    }
    set(f, names, "/EmbeddedFiles", tree);
}
