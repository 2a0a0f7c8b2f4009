namespace Mayhem.Reporting.Sinks;

/// <summary>The limits of settings that several sinks share.</summary>
internal static class SinkLimits
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with a time limit, in a sentence that begins with the name of its option; null if nothing is.</summary>
    public static string? Problem(string option, TimeSpan limit) =>
        limit > TimeSpan.Zero && limit <= Longest ? null : $"{option} is '{limit}'; allowed is more than 0 and at most {Longest}.";
}
