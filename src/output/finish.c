#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "output/content.h"
#include "output/deflate.h"
#include "output/finish_internal.h"
#include "output/icc.h"

void finish_set_stream(Finisher *f, qpdf_oh stream, const Buf *bytes)
{
    qpdf_oh none = qpdf_oh_new_null(f->qpdf);
    qpdf_oh_replace_stream_data(
        f->qpdf, stream, (const unsigned char *)bytes->data, bytes->length, none, none);
}

void finish_set_packed(Finisher *f, qpdf_oh stream, const Buf *packed)
{
    qpdf_oh_replace_stream_data(f->qpdf, stream, (const unsigned char *)packed->data,
        packed->length, qpdf_oh_new_name(f->qpdf, "/FlateDecode"), qpdf_oh_new_null(f->qpdf));
}

void finish_set_contents(Finisher *f, qpdf_oh stream, const Buf *bytes)
{
    Buf packed = {0};
    deflate_add(bytes->data, bytes->length, &packed);
    finish_set_packed(f, stream, &packed);
    buf_free(&packed);
}

qpdf_oh finish_stream(Finisher *f, const Buf *bytes)
{
    qpdf_oh stream = qpdf_oh_new_stream(f->qpdf);
    finish_set_stream(f, stream, bytes);
    return stream;
}

/* ---- black ---- */

/* Those of tagged pages are read once more (finish_structure.c). */
static void set_contents(Finisher *f, qpdf_oh stream, const Buf *bytes)
{
    if (f->pages->tag_count > 0)
        finish_set_stream(f, stream, bytes);
    else
        finish_set_contents(f, stream, bytes);
}

static void stream_to_gray(Finisher *f, qpdf_oh stream)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    if (!qpdf_oh_is_stream(f->qpdf, stream))
        return;
    QPDF_ERROR_CODE code =
        qpdf_oh_get_stream_data(f->qpdf, stream, qpdf_dl_generalized, &filtered, &bytes, &length);
    Buf gray = {0};
    if (!(code & QPDF_ERRORS) && bytes && content_to_gray((const char *)bytes, length, &gray) > 0)
        set_contents(f, stream, &gray);
    buf_free(&gray);
    free(bytes);
}

/* Page contents hang on pages; pattern cells and form groups are streams that say what they are. */
static void all_to_gray(Finisher *f)
{
    int count = qpdf_get_num_pages(f->qpdf);
    for (int i = 0; i < count; i++)
        stream_to_gray(f, key(f, qpdf_get_page_n(f->qpdf, (size_t)i), "/Contents"));
    qpdf_oh trailer = qpdf_get_trailer(f->qpdf);
    int objects = qpdf_oh_get_int_value_as_int(f->qpdf, key(f, trailer, "/Size"));
    for (int id = 1; id < objects; id++) {
        qpdf_oh object = qpdf_get_object_by_id(f->qpdf, id, 0);
        if (qpdf_oh_is_stream(f->qpdf, object)) {
            qpdf_oh dictionary = qpdf_oh_get_dict(f->qpdf, object);
            if (qpdf_oh_has_key(f->qpdf, dictionary, "/PatternType") ||
                qpdf_oh_is_name_and_equals(f->qpdf, key(f, dictionary, "/Subtype"), "/Form"))
                stream_to_gray(f, object);
        }
        qpdf_oh_release(f->qpdf, object);
    }
}

/* ---- metadata ---- */

static bool is_tagged(const Finisher *f)
{
    return f->pages->tag_count > 0;
}

/* Nobody vouches for pages that are not ours. */
static bool is_archive(const Finisher *f)
{
    return f->pages->foreign_count == 0;
}

/* PDF/A-2u, with files PDF/A-3; of tagged pages level A. */
static void add_archive(const Finisher *f, Buf *x)
{
    buf_addf(x,
        "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
        "<pdfaid:part>%d</pdfaid:part><pdfaid:conformance>%c</pdfaid:conformance>"
        "</rdf:Description>\n",
        f->attachments && f->attachments->count > 0 ? 3 : 2, is_tagged(f) ? 'A' : 'U');
}

/* PDF/UA-1, whose property PDF/A has to be told of: it is none of those it knows. */
static void add_accessible(Buf *x)
{
    buf_adds(x, "<rdf:Description rdf:about=\"\" "
                "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">"
                "<pdfuaid:part>1</pdfuaid:part></rdf:Description>\n"
                "<rdf:Description rdf:about=\"\" "
                "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
                "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
                "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">"
                "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
                "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
                "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
                "</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
                "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
                "<pdfaProperty:name>part</pdfaProperty:name>"
                "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
                "<pdfaProperty:category>internal</pdfaProperty:category>"
                "<pdfaProperty:description>part of ISO 14289</pdfaProperty:description>"
                "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>"
                "</pdfaExtension:schemas></rdf:Description>\n");
}

static void add_xmp(Finisher *f, Buf *x)
{
    const Pages *pages = f->pages;
    qpdf_oh info = key(f, qpdf_get_trailer(f->qpdf), "/Info");
    qpdf_oh producer = key(f, info, "/Producer");
    Buf date = {0};
    buf_addf(&date, "%04d-%02d-%02dT00:00:00+08:00", pages->date.year, pages->date.month,
        pages->date.day);
    buf_adds(x, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    if (is_archive(f))
        add_archive(f, x);
    if (is_tagged(f))
        add_accessible(x);
    buf_adds(x, "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                "<dc:format>application/pdf</dc:format><dc:title><rdf:Alt>"
                "<rdf:li xml:lang=\"x-default\">");
    buf_add_xml(x, pages->title);
    buf_adds(x, "</rdf:li></rdf:Alt></dc:title>");
    if (pages->author) {
        buf_adds(x, "<dc:creator><rdf:Seq><rdf:li>");
        buf_add_xml(x, pages->author);
        buf_adds(x, "</rdf:li></rdf:Seq></dc:creator>");
    }
    if (pages->subject) { /* PDF/A: the same as /Subject of the document information */
        buf_adds(x, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">");
        buf_add_xml(x, pages->subject);
        buf_adds(x, "</rdf:li></rdf:Alt></dc:description>");
    }
    buf_addf(x,
        "</rdf:Description>\n<rdf:Description rdf:about=\"\" "
        "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><xmp:CreatorTool>wenyin %s"
        "</xmp:CreatorTool><xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s"
        "</xmp:ModifyDate></rdf:Description>\n",
        WENYIN_VERSION, date.data, date.data);
    buf_adds(x, "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">"
                "<pdf:Producer>");
    if (qpdf_oh_is_string(f->qpdf, producer))
        buf_add_xml(x, qpdf_oh_get_utf8_value(f->qpdf, producer));
    buf_adds(x, "</pdf:Producer></rdf:Description>\n</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
    buf_free(&date);
}

/* Cairo 1.16 writes dates without D: and the closing quote. */
qpdf_oh finish_date(Finisher *f)
{
    char text[32];
    Date date = f->pages->date;
    snprintf(text, sizeof text, "D:%04d%02d%02d000000+08'00'", date.year, date.month, date.day);
    return qpdf_oh_new_string(f->qpdf, text);
}

static void mend_dates(Finisher *f)
{
    qpdf_oh info = key(f, qpdf_get_trailer(f->qpdf), "/Info");
    set(f, info, "/CreationDate", finish_date(f));
    set(f, info, "/ModDate", finish_date(f));
}

static void set_metadata(Finisher *f, qpdf_oh root)
{
    Buf xmp = {0};
    add_xmp(f, &xmp);
    qpdf_oh stream = finish_stream(f, &xmp);
    qpdf_oh dictionary = qpdf_oh_get_dict(f->qpdf, stream);
    set(f, dictionary, "/Type", qpdf_oh_new_name(f->qpdf, "/Metadata"));
    set(f, dictionary, "/Subtype", qpdf_oh_new_name(f->qpdf, "/XML"));
    set(f, root, "/Metadata", stream);
    buf_free(&xmp);
}

static bool set_output_intent(Finisher *f, qpdf_oh root)
{
    Buf icc = {0};
    bool done = icc_srgb(&icc);
    if (done) {
        qpdf_oh profile = finish_stream(f, &icc);
        set(f, qpdf_oh_get_dict(f->qpdf, profile), "/N", qpdf_oh_new_integer(f->qpdf, 3));
        qpdf_oh intent = parse(f, "<< /Type /OutputIntent /S /GTS_PDFA1 "
                                  "/OutputConditionIdentifier (sRGB IEC61966-2.1) "
                                  "/Info (sRGB IEC61966-2.1) "
                                  "/RegistryName (http://www.color.org) >>");
        set(f, intent, "/DestOutputProfile", profile);
        qpdf_oh intents = qpdf_oh_new_array(f->qpdf);
        qpdf_oh_append_item(f->qpdf, intents, qpdf_make_indirect_object(f->qpdf, intent));
        set(f, root, "/OutputIntents", intents);
    }
    buf_free(&icc);
    return done;
}

/* ---- what Cairo 1.16 gets wrong ---- */

/* The screen shows turned text readable; on paper the sheet stays upright, so that it can be bound
 * and printed on both sides (typesetting.md 6.1). Cairo cannot write /Rotate. */
static void turn_pages(Finisher *f)
{
    for (size_t i = 0; i < f->pages->page_count; i++) {
        if (f->pages->pages[i].landscape)
            set(f, qpdf_get_page_n(f->qpdf, i), "/Rotate", qpdf_oh_new_integer(f->qpdf, 90));
    }
}

/* A page-piece entry (ISO 32000-1 14.5) tells `wenyin impose` which page bears the 版记, and
 * whether text stands above it: blank pages of a booklet go before it. */
static void mark_imprint(Finisher *f)
{
    for (size_t i = 0; i < f->pages->page_count; i++) {
        PageImprint imprint = f->pages->pages[i].imprint;
        if (imprint == IMPRINT_NONE)
            continue;
        qpdf_oh page = qpdf_get_page_n(f->qpdf, i), pieces = qpdf_oh_new_dictionary(f->qpdf);
        qpdf_oh own = qpdf_oh_new_dictionary(f->qpdf);
        set(f, own, "/LastModified", finish_date(f));
        set(f, own, "/Private",
            qpdf_oh_new_name(
                f->qpdf, imprint == IMPRINT_ALONE ? FINISH_IMPRINT_ALONE : FINISH_IMPRINT_BELOW));
        set(f, pieces, FINISH_PIECE, own);
        set(f, page, "/PieceInfo", pieces);
        set(f, page, "/LastModified", finish_date(f));
    }
}

static bool mend(Finisher *f)
{
    qpdf_oh root = qpdf_get_root(f->qpdf);
    mend_dates(f);
    set_metadata(f, root);
    set(f, root, "/Lang", qpdf_oh_new_string(f->qpdf, "zh-CN"));
    /* Any scaling breaks the millimetres; offices print on both sides. */
    set(f, root, "/ViewerPreferences",
        parse(f, "<< /DisplayDocTitle true /PrintScaling /None /Duplex /DuplexFlipLongEdge >>"));
    turn_pages(f);
    mark_imprint(f);
    if (!finish_fonts(f))
        return false;
    all_to_gray(f);
    f->fault = "tags";
    if (is_tagged(f) && !is_archive(f)) /* refused with the plan: nobody can read them aloud */
        return false;
    f->told = !finish_foreign(f); /* behind what is for our own pages only */
    if (f->told)
        return false;
    finish_outline(f, root);
    finish_links(f);
    finish_labels(f, root);
    finish_attach(f, root);
    f->fault = "sRGB";
    return (!is_archive(f) || set_output_intent(f, root)) && (!is_tagged(f) || finish_structure(f));
}

bool finish_write(qpdf_data qpdf)
{
    if (qpdf_init_write_memory(qpdf) & QPDF_ERRORS)
        return false;
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
    qpdf_set_newline_before_endstream(qpdf, QPDF_TRUE);
    qpdf_set_compress_streams(qpdf, QPDF_TRUE);
    qpdf_set_minimum_pdf_version(qpdf, "1.7");
    return !(qpdf_write(qpdf) & QPDF_ERRORS);
}

void finish_take(qpdf_data qpdf, Buf *out)
{
    buf_add(out, qpdf_get_buffer(qpdf), qpdf_get_buffer_length(qpdf));
}

bool finish_pdf(Buf *cairo_pdf, const Pages *pages, const Attachments *attachments, Buf *out,
    Diags *diags)
{
    Finisher f = {.qpdf = qpdf_init(),
        .pages = pages,
        .attachments = attachments,
        .diags = diags,
        .fault = "PDF"};
    qpdf_silence_errors(f.qpdf);
    /* Cairo 1.16 names a picture twice in the resources of a page that shows it twice; both name
     * one object, and qpdf keeps one of them. Only diag speaks to the user. */
    qpdf_set_suppress_warnings(f.qpdf, QPDF_TRUE);
    bool done = !(qpdf_read_memory(f.qpdf, "paper", cairo_pdf->data, cairo_pdf->length, NULL) &
                    QPDF_ERRORS) &&
                mend(&f) && finish_write(f.qpdf);
    buf_free(cairo_pdf); /* before the next copy is made: photographs are large */
    if (done) {
        finish_take(f.qpdf, out);
        finish_foreign_warn(&f);
    } else if (!f.told) {
        const char *why = qpdf_has_error(f.qpdf)
                              ? qpdf_get_error_full_text(f.qpdf, qpdf_get_error(f.qpdf))
                              : f.fault;
        diag_add(diags, DIAG_E405, NULL, why);
    }
    qpdf_cleanup(&f.qpdf);
    finish_foreign_close(&f);
    return done;
}
