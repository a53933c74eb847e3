/* SPDX-License-Identifier: MIT */
/* xml.h - text in XML: what checkstyle and junit share. */
#ifndef REPORT_XML_H
#define REPORT_XML_H

#include "report/report.h"

/* As the content of an element or between double quotes. Characters that XML
   cannot hold are shown as by report_escape(); line ends stay. */
void xml_text(struct buf *out, struct str s);
/* ` name="value"`, the value escaped. */
void xml_attr(struct buf *out, const char *name, struct str value);
/* Message, reason and safer wording as the content of an element. */
void xml_advice(struct buf *out, const struct view *v);

#endif
