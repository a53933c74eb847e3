#!/bin/sh
# SPDX-License-Identifier: MIT
# git-postlint - judges what a commit adds: what is staged, or a range.
#
# git makes a patch that holds the whole new text of each post and marks the
# lines that are new; postlint judges the text as a whole and tells what touches
# a new line. Nothing is written to disk.

usage='usage: git postlint [OPTION]... [RANGE] [-- PATH...]

Judges posts that are staged, or that RANGE adds (main...HEAD; a single
revision R is R...HEAD), and tells what touches an added line.
Options are those of postlint check, values joined with =: --format=json.
PATH: posts to judge instead of all *.md *.txt *.html *.json *.jsonl *.csv.'

say() {
    echo "git postlint: $*" >&2
}

# Files that a folder stands for in postlint check: no hidden ones.
default_paths() {
    git rev-parse --sq-quote ':/*.md' ':/*.txt' ':/*.html' ':/*.json' \
        ':/*.jsonl' ':/*.csv' ':(top,exclude,glob)**/.*' \
        ':(top,exclude,glob)**/.*/**'
}

# pre-commit tells a range this way (--from-ref, --to-ref).
default_range() {
    if [ -n "${PRE_COMMIT_FROM_REF:-}" ] && [ -n "${PRE_COMMIT_TO_REF:-}" ]; then
        echo "$PRE_COMMIT_FROM_REF...$PRE_COMMIT_TO_REF"
    fi
}

# Settings of the user's that would change what a patch says are overruled.
patch() {
    eval "git -c diff.suppressBlankEmpty=false diff $what \
        --unified=2147483647 --full-index --text --no-color --no-ext-diff \
        --no-textconv --no-relative --src-prefix=a/ --dst-prefix=b/ \
        --find-renames --diff-filter=ACMRT --ignore-submodules -- $paths"
}

# In the top folder, from where git names files.
judge() {
    cd "$top" && eval "postlint check --diff - $options"
}

git rev-parse --git-dir >/dev/null || exit 2
command -v postlint >/dev/null || { say 'postlint is not on the PATH'; exit 2; }
top=$(git rev-parse --show-toplevel 2>/dev/null) || top=.
options=''
paths=''
range=''
while [ $# -gt 0 ]; do
    case $1 in
    --)
        shift
        [ $# -eq 0 ] || paths=$(git rev-parse --sq-quote "$@")
        break
        ;;
    -h)
        echo "$usage"
        exit 0
        ;;
    -*) options="$options $(git rev-parse --sq-quote "$1")" ;;
    *)
        if [ -n "$range" ]; then
            say "one range, not both $range and $1; paths stand behind --"
            exit 2
        fi
        range=$1
        ;;
    esac
    shift
done
[ -n "$paths" ] || paths=$(default_paths)
[ -n "$range" ] || range=$(default_range)
case $range in
'') what=--cached ;;
*..* | *^!) what=$(git rev-parse --sq-quote "$range") ;;
*) what=$(git rev-parse --sq-quote "$range...HEAD") ;;
esac
if [ -n "$range" ] && ! git rev-parse --quiet --revs-only "$range" -- |
    grep -q .; then
    say "'$range' is no revision here (values are joined: --format=json)"
    exit 2
fi

# A pipe tells only how its last command ended; git may fail as well.
diffed=2 judged=2
exec 3>&1
eval "$({
    {
        patch
        echo "diffed=$?" >&4
    } | {
        judge >&3
        echo "judged=$?" >&4
    }
} 4>&1)"
if [ "$judged" -lt 2 ] && [ "$diffed" -ne 0 ]; then
    say 'git diff failed: not everything was judged'
    exit 2
fi
exit "$judged"
