using System.CommandLine;

namespace Mayhem.Cli;

/// <summary>The option <c>--ledger</c>, which several commands have.</summary>
internal static class LedgerOption
{
    /// <summary>Declares the option for one command.</summary>
    public static Option<string?> Create() => new("--ledger")
    {
        HelpName = "CONNECTION",
        Description = "The PostgreSQL database of the ledger, as 'Host=localhost;Database=mayhem;Username=me'. [default: the setting Mayhem:Ledger:Postgres:ConnectionString, or else the data folder]",
    };
}
