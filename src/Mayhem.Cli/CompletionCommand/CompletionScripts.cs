namespace Mayhem.Cli.CompletionCommand;

/// <summary>The scripts. Each asks the program itself, which answers <c>[suggest:position] "line"</c> with one word a line.</summary>
internal static class CompletionScripts
{
    private const string Bash = """
        _mayhem() {
            local word="${COMP_WORDS[COMP_CWORD]}"
            local words
            words="$(mayhem "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
            COMPREPLY=($(compgen -W "${words}" -- "${word}"))
        }
        complete -o default -F _mayhem mayhem

        """;

    private const string Zsh = """
        #compdef mayhem
        _mayhem() {
            local -a words_found
            words_found=("${(@f)$(mayhem "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- "${words_found[@]}"
            _files
        }
        compdef _mayhem mayhem

        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName mayhem -ScriptBlock {
            param($word, $line, $position)
            mayhem "[suggest:$position]" "$line" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    /// <summary>The script for a shell: bash, zsh or pwsh.</summary>
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        _ => Pwsh,
    };
}
