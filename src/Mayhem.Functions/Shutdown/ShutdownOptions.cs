namespace Mayhem.Functions.Shutdown;

/// <summary>
/// How long the parts of a shutdown may take. Bound from <c>Mayhem:Shutdown</c>. The defaults add up to less than 5 s: that long after telling the worker to
/// end, the Functions host in Azure kills it. Where nobody kills (a laptop, a container with a longer grace), give more.
/// </summary>
public sealed class ShutdownOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>How long messages in flight may go on before they are cancelled; 3 s by default, 0 to 1 h.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long they may take to end once cancelled; 1 s by default, 0 to 1 h.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long sending the last telemetry may take; 0.75 s by default, 0 to 1 h.</summary>
    public TimeSpan FlushLimit { get; set; } = TimeSpan.FromMilliseconds(750);

    /// <summary>All of it, with a margin for stopping the other services.</summary>
    public TimeSpan Total => Grace + SettleTime + FlushLimit + TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with the values, one sentence each that begins with the name of the option.</summary>
    public IEnumerable<string> Problems() =>
        new[] { (nameof(Grace), Grace), (nameof(SettleTime), SettleTime), (nameof(FlushLimit), FlushLimit) }
            .Where(time => time.Item2 < TimeSpan.Zero || time.Item2 > Longest)
            .Select(time => $"{time.Item1} is '{time.Item2}'; allowed is 00:00:00 to 01:00:00.");
}
