using Mayhem.Functions.Configuration;
using Mayhem.Journal;
using Mayhem.Local.FunctionsHost;

namespace Mayhem.Cli.Up;

/// <summary>Tells what the user can do when a run does not start.</summary>
internal static class StartErrors
{
    /// <summary>The error in one line for the user; null if it is none of theirs.</summary>
    public static UsageException? Explain(Exception error) => error switch
    {
        HostConfigurationException wrong => new UsageException(OneLine(wrong.Message.Split(Environment.NewLine)), error),
        JournalDamagedException => new UsageException($"{error.Message} To go on without what is missing: --accept-loss", error),
        JournalInUseException or JournalFormatException or UnauthorizedAccessException => new UsageException(error.Message, error),
        _ when ConfigurationErrors.Of(error) is { Count: > 0 } problems => new UsageException(OneLine(problems), error),
        _ => null,
    };

    private static string OneLine(IEnumerable<string> problems) => string.Join(" ", problems.Distinct(StringComparer.Ordinal));
}
