namespace Mayhem.Targets.Webhooks;

/// <summary>How a web server is asked to restart a host.</summary>
public sealed record WebhookSettings
{
    /// <summary>The URL that a POST is sent to; <c>{host}</c> stands for the host's name. https, unless it is on this machine.</summary>
    public required string Url { get; init; }

    /// <summary>The name of the setting that holds the whole Authorization header, as a reference to a key vault. Null for none.</summary>
    public string? AuthorizationSetting { get; init; }

    /// <summary>The scope of the token that the app's identity asks for, as <c>api://restarter/.default</c>. Null for none.</summary>
    public string? TokenScope { get; init; }

    /// <summary>How long the server may take to answer the POST, or a question: 30 s by default, at most 5 min.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(30);
}
