namespace Mayhem.Reporting.Sinks.Webhook;

/// <summary>Reports as JSON to a web address, as of a ticket system. Bound from <c>Mayhem:Reports:Webhook</c>; off without a URL.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where reports are posted to: an absolute http or https URL. Off without it.</summary>
    public string? Url { get; set; }

    /// <summary>Headers to send along, as <c>Authorization: Bearer …| X-Team: ops</c>: name and value with a colon, separated by bars. None by default.</summary>
    public string Headers { get; set; } = "";

    /// <summary>The kinds of reports that are posted; what a person has to look at by default.</summary>
    public string Kinds { get; set; } = ReportKinds.WorthALook;

    /// <summary>How long a post may take; 10 s by default, more than 0 and at most 5 min.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>True if it is to be used.</summary>
    public bool IsOn => !string.IsNullOrEmpty(Url);

    /// <summary>What is wrong with the values, one sentence each that begins with the name of the option. Never holds a secret.</summary>
    public IEnumerable<string> Problems()
    {
        if (IsOn && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return $"{nameof(Url)} is no absolute http or https URL.";
        if (HeaderProblem() is { } problem)
            yield return problem;
        if (ReportKinds.Problem(nameof(Kinds), Kinds) is { } wrong)
            yield return wrong;
        if (SinkLimits.Problem(nameof(TimeLimit), TimeLimit) is { } limit)
            yield return limit;
    }

    /// <summary>The headers, by name.</summary>
    /// <exception cref="FormatException">One of them is none.</exception>
    public IReadOnlyList<(string Name, string Value)> ParsedHeaders() =>
        [.. Headers.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Header)];

    private static (string Name, string Value) Header(string text, int index)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        using var probe = new HttpRequestMessage();
        if (colon <= 0 || !probe.Headers.TryAddWithoutValidation(text[..colon].Trim(), text[(colon + 1)..].Trim()))
            throw new FormatException($"{nameof(Headers)}: header {index + 1} is none; give name and value, as 'X-Team: ops', and separate headers by '|'.");
        return (text[..colon].Trim(), text[(colon + 1)..].Trim());
    }

    private string? HeaderProblem()
    {
        try
        {
            ParsedHeaders();
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }
}
