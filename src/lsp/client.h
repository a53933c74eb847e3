/* SPDX-License-Identifier: MIT */
/* client.h - what the editor said it can do. */
#ifndef LSP_CLIENT_H
#define LSP_CLIENT_H

#include "base/json.h"
#include "postlint.h"

struct client {
    enum pl_unit unit; /* PL_BYTES where it lists utf-8, else PL_UTF16 */
    bool encodings;    /* it listed any */
    bool pulls;        /* it asks for diagnostics: they are not pushed */
    bool refreshes;    /* ... and asks again when told to */
    bool related;      /* relatedInformation */
    bool hrefs;        /* codeDescription */
    bool data;         /* keeps a diagnostic's data */
    bool literals;     /* code actions that are no commands */
    bool preferred;    /* isPreferred */
    bool versioned;    /* documentChanges */
    bool creates;      /* makes files in a workspace edit */
    bool applies;      /* workspace/applyEdit */
    bool asks;         /* window/showMessageRequest with any answers */
    bool configures;   /* workspace/configuration */
    bool watches;      /* workspace/didChangeWatchedFiles, when asked */
    bool markdown;     /* hovers in Markdown */
};

void client_read(struct client *c, const struct json *capabilities);

#endif
