/**
 * What a shell reads to complete `portolan`. Each asks `kubectl_complete-portolan`, which lies beside the program and
 * knows its options, so that these never grow old: candidates one a line with what they mean, then `:0` where files
 * are offered as well.
 */
export const COMPLETION_SCRIPTS = {
  bash: `# Add to ~/.bashrc: source <(portolan completion bash)
_portolan() {
  local line answer
  COMPREPLY=()
  answer=$(kubectl_complete-portolan "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null) || return
  while IFS= read -r line; do
    case $line in
      :0) compopt -o default 2>/dev/null ;;
      :*) ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done <<<"$answer"
}
complete -F _portolan portolan
`,
  zsh: `# Add to ~/.zshrc, behind compinit: source <(portolan completion zsh)
_portolan() {
  local line files=
  local -a candidates
  for line in "\${(@f)$(kubectl_complete-portolan "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :0) files=1 ;;
      :*|'') ;;
      *) candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  (( $#candidates )) && _describe portolan candidates
  [[ -n $files ]] && _files
}
compdef _portolan portolan
`,
  fish: `# Save as ~/.config/fish/completions/portolan.fish
function __portolan_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (kubectl_complete-portolan $words[2..-1] 2>/dev/null)
        switch $line
            case ':0'
                __fish_complete_path (commandline -ct)
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c portolan -f -a '(__portolan_complete)'
`,
  powershell: `# Add to $PROFILE: portolan completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName portolan -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($wordToComplete -eq '') { $words += '""' }
    kubectl_complete-portolan @words 2>$null | Where-Object { $_ -notmatch '^:' } | ForEach-Object {
        $word, $about = $_ -split "\`t", 2
        $tip = if ($about) { $about } else { $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $tip)
    }
}
`,
} as const;
