namespace Mayhem.Scheduling;

/// <summary>Restarts that nobody has asked for: whether, how often, of which hosts. Bound from <c>Mayhem:Scheduler</c>.</summary>
public sealed class SchedulerOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Mayhem:Scheduler";

    /// <summary>True publishes requests to restart hosts at random. False by default.</summary>
    public bool Enabled { get; set; }

    /// <summary>The mean time between two restarts in one group, counted while its windows are open; 1 day by default, 1 minute to 365 days.</summary>
    public TimeSpan Mean { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The hosts to choose from, separated by ';'. Empty, the default, for those that the inventory names without wildcards; <c>mayhem up</c> takes its fleet. Hosts that are not opted in are
    /// never chosen.
    /// </summary>
    public string Hosts { get; set; } = "";

    /// <summary>How long guards may hold a request back before it is given up as stale; 15 minutes by default, 1 minute to 1 day.</summary>
    public TimeSpan Expiry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Who asks, in the requests; <c>mayhem-scheduler</c> by default, 1 to 256 characters.</summary>
    public string Requester { get; set; } = "mayhem-scheduler";

    /// <summary>What chance starts from: instances with the same seed choose the same hosts at the same times, and so restart them once. Empty, the default, for the queue's name.</summary>
    public string Seed { get; set; } = "";

    /// <summary>The names in <see cref="Hosts"/>.</summary>
    public IReadOnlyList<string> HostNames => Hosts.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What is wrong with the values, each as a sentence that starts with the key.</summary>
    public IEnumerable<string> Errors()
    {
        if (!IsMean(Mean))
            yield return $"{Section}:{nameof(Mean)} is '{Mean}'; allowed is 00:01:00 to 365.00:00:00.";
        if (Expiry < TimeSpan.FromMinutes(1) || Expiry > TimeSpan.FromDays(1))
            yield return $"{Section}:{nameof(Expiry)} is '{Expiry}'; allowed is 00:01:00 to 1.00:00:00.";
        if (string.IsNullOrWhiteSpace(Requester) || Requester.Length > 256 || Requester.Any(char.IsControl))
            yield return $"{Section}:{nameof(Requester)} is '{Requester}'; allowed are 1 to 256 characters.";
        foreach (var host in HostNames.Where(host => host.Length > 253 || !host.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_')))
            yield return $"{Section}:{nameof(Hosts)} has '{host}', which is no host's name: give names, without wildcards, separated by ';'.";
    }

    /// <summary>True for a mean time that is allowed.</summary>
    public static bool IsMean(TimeSpan mean) => mean >= TimeSpan.FromMinutes(1) && mean <= TimeSpan.FromDays(365);
}
