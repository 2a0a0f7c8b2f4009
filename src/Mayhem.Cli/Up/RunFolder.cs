namespace Mayhem.Cli.Up;

/// <summary>Where a run keeps what outlives it.</summary>
internal sealed record RunFolder(string Root)
{
    /// <summary>The queues' journals.</summary>
    public string Broker => Path.Combine(Root, "broker");

    /// <summary>The ledger's journal.</summary>
    public string Ledger => Path.Combine(Root, "ledger");

    /// <summary>The fleet's claims and its log of starts.</summary>
    public string Fleet => Path.Combine(Root, "fleet");

    /// <summary>The reports of failures.</summary>
    public string Reports => Path.Combine(Root, "reports");

    /// <summary>The reports that have yet to reach a sink.</summary>
    public string Spool => Path.Combine(Root, "spool");

    /// <summary>How other commands reach the run while it lasts.</summary>
    public string Door => Path.Combine(Root, "front-door.json");

    /// <summary>What operators have done with dead letters.</summary>
    public string Operators => Path.Combine(Root, "operators.jsonl");

    /// <summary>The log.</summary>
    public string Log => Path.Combine(Root, "mayhem.log");

    /// <summary>Makes the folder and tries to write into it.</summary>
    /// <exception cref="UsageException">It cannot be used.</exception>
    public void Create()
    {
        try
        {
            Directory.CreateDirectory(Root);
            var probe = Path.Combine(Root, $".writable-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--data {Root} cannot be written to: {error.Message}", error);
        }
    }
}
