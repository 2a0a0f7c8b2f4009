namespace Mayhem.Cli.Up.Load;

/// <summary>How a generated request goes wrong.</summary>
internal enum ChaosKind
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The first attempt fails.</summary>
    FailOnce,

    /// <summary>Every attempt fails.</summary>
    FailAlways,

    /// <summary>The first attempt is asked to come back later.</summary>
    Throttle,

    /// <summary>The restart takes longer than the message's lock.</summary>
    Hang,

    /// <summary>There is no such host.</summary>
    UnknownHost,

    /// <summary>The body is not a restart request.</summary>
    MalformedBody,

    /// <summary>An earlier request is sent once more, under the same message id or under another one.</summary>
    Duplicate,
}
