" ALE with the linter of its page. :set -N, since ALE needs a Vim that is not Vi.
function! Fail(step, what)
  call writefile([a:step . ': ' . string(a:what)], $OUT, 'a')
  cquit 1
endfunction

function! Wait(step, holds)
  let l:turns = 0
  while !eval(a:holds)
    let l:turns += 1
    if l:turns > 1500
      call Fail(a:step, ale#engine#GetLoclist(bufnr('')))
    endif
    sleep 20m
  endwhile
endfunction

let g:ale_linters = {$KIND: ['postlint']}
let g:ale_lint_delay = 0
let g:ale_set_signs = 0
packadd! ale
filetype plugin on
runtime! plugin/ale.vim
edit $DRAFT
let &filetype = $KIND
ALELint
call Wait('a finding', "len(ale#engine#GetLoclist(bufnr(''))) > 0")
let found = ale#engine#GetLoclist(bufnr(''))[0]
if strpart(getline(found.lnum), found.col - 1, found.end_col - found.col + 1) !=# 'honey cures asthma'
  call Fail('the words', found)
endif
if found.type !=# 'W' || found.code !=# 'claims/cure/absolute'
  call Fail('level and rule', found)
endif
call setline(1, $FIXED)
ALELint
call Wait('cleared', "len(ale#engine#GetLoclist(bufnr(''))) == 0")
qall!
