namespace Mayhem.Cli.SendCommand;

/// <summary>What <c>mayhem send</c> was asked to do.</summary>
internal sealed record SendOptions
{
    /// <summary>The host to restart; null if the requests are in a file.</summary>
    public string? Host { get; init; }

    /// <summary>The host's group; null if it was not given.</summary>
    public string? Group { get; init; }

    /// <summary>Why; null if it was not given.</summary>
    public string? Reason { get; init; }

    /// <summary>Who asks.</summary>
    public required string Requester { get; init; }

    /// <summary>The request's id; null for a new one.</summary>
    public string? RequestId { get; init; }

    /// <summary>Not later than this, as it was given; null if it was not.</summary>
    public string? NotAfter { get; init; }

    /// <summary>The file with requests; <c>-</c> is standard input, null for none.</summary>
    public string? File { get; init; }

    /// <summary>Requests a second; null for as fast as it goes.</summary>
    public double? Rate { get; init; }

    /// <summary>Prints the outcome as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>What is wrong with the options; null if nothing is.</summary>
    public string? Error()
    {
        if ((Host is null) == (File is null))
            return "Which host? Give --host, or --file with requests";
        if (File is not null && (Group ?? Reason ?? RequestId ?? NotAfter) is not null)
            return "--file holds whole requests, so it cannot be used with --group, --reason, --request-id or --not-after";
        if (Rate is { } rate && !(rate > 0 && double.IsFinite(rate)))
            return $"--rate must be more than 0 requests a second, not {rate}: fractions are allowed";
        return null;
    }
}
