#!/bin/sh
# The program under valgrind, regexes by the interpreter: valgrind cannot follow
# code made at run time.
set -eu
cd "$(dirname "$0")/../.."
[ -d build-valgrind ] || meson setup build-valgrind -Dbuildtype=debugoptimized -Dtests=false >/dev/null
ninja -C build-valgrind >/dev/null
check() {
    valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
        build-valgrind/src/postlint "$@" >/dev/null || [ $? -eq 1 ]
}
for format in pretty compact json sarif masked junit; do
    echo "check -f $format"
    check -f "$format" examples/drafts tests/golden/posts/odd.txt
done
echo "batch"
sed 's/.*/{"id":1,"text":"&"}/' examples/drafts/*.txt | check batch --jobs 2
echo "own rules"
check --rules examples/rules examples/drafts
