" postlint as a compiler: :compiler postlint, then :make and :cnext.
" Copy this file to ~/.vim/compiler/.
if exists('current_compiler')
  finish
endif
let current_compiler = 'postlint'
CompilerSet makeprg=postlint\ --quiet\ --format\ compact\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m
