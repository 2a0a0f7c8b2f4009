namespace Mayhem.Local.Chaos;

/// <summary>The reasons of requests that go wrong on purpose. The request's <c>reason</c> has to be exactly one of them; nothing else in it has an effect.</summary>
public static class ChaosReasons
{
    /// <summary>The first attempt fails before anything is done; the second goes well.</summary>
    public const string FailOnce = "chaos:fail-once";

    /// <summary>Every attempt fails before anything is done.</summary>
    public const string FailAlways = "chaos:fail-always";

    /// <summary>The target asks to come back after <see cref="ChaosTarget.RetryAfter"/>, once.</summary>
    public const string Throttle = "chaos:throttle";

    /// <summary>The restart is issued after one and a half times the length of the message's lock, which has to be renewed meanwhile.</summary>
    public const string Hang = "chaos:hang";

    /// <summary>Every attempt runs out of memory: the worker has to end.</summary>
    public const string OutOfMemory = "chaos:out-of-memory";

    /// <summary>The restart goes well, but its details cannot be saved.</summary>
    public const string FailSave = "chaos:fail-save";

    /// <summary>The host does not exist. It is the request that is wrong here; the reason only says so.</summary>
    public const string UnknownHost = "chaos:unknown-host";

    /// <summary>The body is not a restart request, for which reason this never arrives as one.</summary>
    public const string Malformed = "chaos:malformed";

    /// <summary>The same request is sent twice. The target does nothing about it.</summary>
    public const string Duplicate = "chaos:duplicate";

    /// <summary>What a random mix is made of: all that a worker survives and a message can end well or in the dead-letter queue with.</summary>
    public static IReadOnlyList<string> Mix { get; } = [FailOnce, FailAlways, Throttle, Hang, UnknownHost, Malformed, Duplicate];
}
