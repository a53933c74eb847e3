# postlint in Kakoune: :lint, then :lint-next-message. Copy this file to
# ~/.config/kak/autoload/ (beside a link to Kakoune's own autoload folder).
hook global BufCreate .*\.(txt|md|html) %{
    set-option buffer lintcmd 'postlint --quiet --format compact'
}
hook global BufWritePost .*\.(txt|md|html) %{
    lint
}
