#!/bin/sh
# What the hook does, step by step, in a scratch repository:
#
#     sh examples/hooks/tour.sh [BUILD-FOLDER]
#
# Each step says what must come of it; the script fails where it does not.
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../build}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/posts"
ln -s "$(cd "$build" && pwd)/src/postlint" "$scratch/bin/postlint"
ln -s "$here/../../src/cli/git-postlint.sh" "$scratch/bin/git-postlint"
PATH=$scratch/bin:$PATH
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export PATH GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM
cd "$scratch/posts" || exit 2
failed=0

# step WHAT passes|stops COMMAND...
step() {
    echo "# $1"
    echo "\$ $3"
    if sh -c "$3" 2>&1; then came=passes; else came=stops; fi
    if [ "$came" != "$2" ]; then
        echo "UNEXPECTED: this $came"
        failed=1
    fi
    echo
}

step 'a repository with the hook' passes \
    "git init -q && cp '$here/pre-commit' .git/hooks/"
git config user.name Comms
git config user.email comms@site.example

echo 'The car park is closed on Sunday.' >flu.md
step 'a clean post is committed' passes \
    'git add . && git commit -qm "The car park"'

echo 'My patient Mrs Patel, 87, loved her visit today.' >>flu.md
step 'a bad line is not, and the report names nobody' stops \
    'git add . && git commit -qm "A story"'

sed -i '2s/.*/One of our patients sent us a card./' flu.md
step 'the fix is' passes \
    'git add . && git commit -qm "A story, retold"'

echo 'Mr Hughes, 91, is back on our ward tonight.' >>flu.md
git add . && git commit -q --no-verify -m 'Past the hook'
sed -i '1s/$/ The bus runs./' flu.md
step 'an old finding stops nobody who edits another line' passes \
    'git commit -qam "The bus"'

step 'a rename with an edit is judged by the edit' passes \
    'git mv flu.md clinic.md && git commit -qm "A better name"'
echo 'DM me your symptoms!' >>clinic.md
step 'and so is one with a bad line' stops \
    'git mv clinic.md jabs.md && git add . && git commit -qm "And a line"'

git reset -q --hard
step 'what is known goes on record, without a word of its text' passes \
    'printf "postlint: 1\nbaseline: .postlint-baseline\n" >.postlint.yaml &&
  postlint baseline write --quiet --reason "printed long ago" clinic.md &&
  git add . && git commit -qm "A record" && cut -f1,4,6 .postlint-baseline'
sed -i 's/tonight/this evening, everybody/' clinic.md
step 'the record is of the sentence as it was' stops \
    'git commit -qam "The same in other words"'
git reset -q --hard
sed -i '1s/^/Welcome!\n\n/' clinic.md
step 'and follows it where it moves' passes \
    'git commit -qam "Moved" && postlint --quiet clinic.md'

echo 'DM me your symptoms!' >>clinic.md
git add .
sed -i '$d' clinic.md
step 'what is staged counts, not what is in the editor' stops \
    'git commit -qm "Partly staged"'

git add . && echo 'DM me your symptoms!' >>clinic.md
step 'the other way round' passes \
    'git commit -q --allow-empty -m "Partly staged"'

step 'the same question for a range, as CI asks it' stops \
    'git postlint --quiet --baseline=/dev/null HEAD~6'
exit $failed
