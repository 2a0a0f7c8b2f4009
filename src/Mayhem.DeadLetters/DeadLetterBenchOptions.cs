namespace Mayhem.DeadLetters;

/// <summary>How the bench works.</summary>
public sealed record DeadLetterBenchOptions
{
    /// <summary>The configured group of a host, null where it has none; null (the default) where nobody knows of groups but the requests themselves.</summary>
    public Func<string, string?>? GroupOf { get; init; }

    /// <summary>How many dead letters are looked at for one page of a list, before it is given as it is. 1 or more. Default 20,000.</summary>
    public int MaxScanOfPage { get; init; } = 20_000;

    /// <summary>How many dead letters are looked at to count them, or to plan an operation. 1 or more. Default 1,000,000.</summary>
    public int MaxScan { get; init; } = 1_000_000;

    /// <summary>How many bytes of dead letters may be held locked to come to those that lie behind them. Default 256 MB.</summary>
    public long MaxHeldBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How long to wait for a dead letter that is meant and does not come, before it is given up. More than 0. Default 5 s.</summary>
    public TimeSpan ReceiveWait { get; init; } = TimeSpan.FromSeconds(5);
}
