using Mayhem.Postgres;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions.Configuration;

/// <summary>Finds out whether a start failed because of the configuration, or of the database that it names.</summary>
public static class ConfigurationErrors
{
    /// <summary>The exit code of a program whose configuration is wrong: EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;

    /// <summary>The sentences to show, each naming its key; empty if the start failed for another reason as well.</summary>
    public static IReadOnlyList<string> Of(Exception exception) => exception switch
    {
        OptionsValidationException validation => [.. validation.Failures],
        PostgresLedgerException unusable => [unusable.Message],
        AggregateException several when several.InnerExceptions.All(inner => Of(inner).Count > 0) => [.. several.InnerExceptions.SelectMany(Of)],
        _ => [],
    };
}
