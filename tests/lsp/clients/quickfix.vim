" Vim's quickfix list from the compiler of its page.
function! Fail(step, what)
  call writefile([a:step . ': ' . string(a:what)], $OUT, 'a')
  cquit 1
endfunction

edit $DRAFT
compiler postlint
silent make
let found = getqflist()
if len(found) != 1 || found[0].lnum != 1
  call Fail('one finding', found)
endif
if found[0].type !=? 'w' || found[0].text !~ 'claims/cure/absolute'
  call Fail('its level and rule', found)
endif
" The cursor goes to the first byte of the words.
cc 1
if strpart(getline('.'), col('.') - 1, 18) !=# 'honey cures asthma'
  call Fail('the words', [col('.'), getline('.')])
endif
execute "normal! 3cwno good evidence shows that honey cures asthma\<Esc>"
silent write
if getline(1) !=# $FIXED
  call Fail('the fixed text', getline(1))
endif
silent make
if len(getqflist()) != 0
  call Fail('cleared', getqflist())
endif
qall!
