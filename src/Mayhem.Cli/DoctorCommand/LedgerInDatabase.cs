using Mayhem.Diagnosis;
using Mayhem.Functions.Configuration;
using Mayhem.Postgres;

namespace Mayhem.Cli.DoctorCommand;

/// <summary>MH503 and MH504: whether the ledger's database can be used from here.</summary>
internal static class LedgerInDatabase
{
    /// <summary>What the database says; nothing if the ledger is elsewhere, or its settings are wrong by themselves.</summary>
    public static async Task<IReadOnlyList<Finding>> ExamineAsync(MayhemSettings settings)
    {
        const string key = $"{PostgresOptions.Section}:{nameof(PostgresOptions.ConnectionString)}";
        if (settings.App.Postgres is not { } options || options.Errors().Any())
            return [];
        try
        {
            return await PostgresLedger.FindVersionAsync(options, CancellationToken.None) > 0 ? [] :
            [
                new Finding(Severity.Note, "MH504", key, $"The database has no ledger in the schema '{options.Schema}' yet.", "Nothing: the first start makes it."),
            ];
        }
        catch (PostgresLedgerException unusable)
        {
            return [new Finding(Severity.Error, "MH503", key, unusable.Message, "See the message. From a machine that may not connect, look from one that may.")];
        }
    }
}
