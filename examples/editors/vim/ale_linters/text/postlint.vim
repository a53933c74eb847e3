" postlint for ALE: the draft is judged as it is typed, before it is saved.
" Copy this file to ~/.vim/ale_linters/text/ (and markdown/, mail/ ...).
call ale#Set('postlint_executable', 'postlint')
call ale#Set('postlint_options', '')

function! ale_linters#text#postlint#Handle(buffer, lines) abort
    let l:types = {'error': 'E', 'warning': 'W', 'note': 'I'}
    let l:found = []

    for l:line in a:lines
        let l:one = ale#util#FuzzyJSONDecode(l:line, {})

        if !has_key(l:one, 'rule')
            continue
        endif

        call add(l:found, {
        \   'lnum': l:one.line,
        \   'col': l:one.columnByte,
        \   'end_col': l:one.columnByte + l:one.byte[1] - l:one.byte[0] - 1,
        \   'type': l:types[l:one.level],
        \   'code': l:one.rule,
        \   'text': l:one.message,
        \   'detail': l:one.message . "\n" . l:one.why . "\n" . join(l:one.try, "\n"),
        \})
    endfor

    return l:found
endfunction

function! ale_linters#text#postlint#Command(buffer) abort
    return '%e --quiet --format jsonl'
    \   . ale#Pad(ale#Var(a:buffer, 'postlint_options'))
    \   . ' --stdin-filename %s -'
endfunction

call ale#linter#Define('text', {
\   'name': 'postlint',
\   'executable': {b -> ale#Var(b, 'postlint_executable')},
\   'command': function('ale_linters#text#postlint#Command'),
\   'callback': function('ale_linters#text#postlint#Handle'),
\   'output_stream': 'stdout',
\})
