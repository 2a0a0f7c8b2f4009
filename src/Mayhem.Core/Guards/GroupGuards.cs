namespace Mayhem.Guards;

/// <summary>What guards the hosts of one group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Options">As configured.</param>
/// <param name="Limits">What the ledger counts.</param>
/// <param name="Times">When restarts may begin; null for always.</param>
public sealed record GroupGuards(string Group, GuardOptions Options, RestartLimits Limits, OpeningTimes? Times)
{
    /// <summary>Guards a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">Valid ones.</param>
    public static GroupGuards Of(string group, GuardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new GroupGuards(group, options, options.LimitsOf(group), OpeningTimes.Read(options).Times);
    }

    /// <summary>The age guard's no; null if the request is young enough.</summary>
    /// <param name="notAfter">The request's own limit.</param>
    /// <param name="acceptedAt">When the broker accepted it.</param>
    /// <param name="now">The wall clock.</param>
    internal GuardRefusal? CheckAge(DateTimeOffset? notAfter, DateTimeOffset acceptedAt, DateTimeOffset now)
    {
        if (notAfter is { } last && now > last)
            return new GuardRefusal(Guard.Age, "notAfter", $"The request must not be carried out after {last:u}.");
        return Options.MaxAge > TimeSpan.Zero && now > acceptedAt + Options.MaxAge
            ? new GuardRefusal(Guard.Age, $"maximum age {Options.MaxAge}", $"The request was accepted at {acceptedAt:u}; it must not be carried out when it is older than {Options.MaxAge}.")
            : null;
    }

    /// <summary>The window's no; null if a restart may begin.</summary>
    internal GuardRefusal? CheckWindow(DateTimeOffset now)
    {
        if (Times is null || Times.IsOpen(now))
            return null;
        var opening = Times.FirstOpening(now);
        return new GuardRefusal(Guard.Window, Times.Text, $"Hosts of the group '{Group}' are restarted {Times.Text} only{(opening is { } at ? $", next at {at.ToUniversalTime():u}" : "")}.", opening);
    }
}
