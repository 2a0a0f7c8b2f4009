using Mayhem.Local.Chaos;

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

/// <summary>What the kinds are called in requests.</summary>
internal static class ChaosKinds
{
    private const string Ordinary = "generated load";

    /// <summary>The reason that a request of this kind gives; the chaos target acts upon it.</summary>
    public static string ReasonFor(ChaosKind kind) => kind switch
    {
        ChaosKind.FailOnce => ChaosReasons.FailOnce,
        ChaosKind.FailAlways => ChaosReasons.FailAlways,
        ChaosKind.Throttle => ChaosReasons.Throttle,
        ChaosKind.Hang => ChaosReasons.Hang,
        ChaosKind.UnknownHost => ChaosReasons.UnknownHost,
        ChaosKind.MalformedBody => ChaosReasons.Malformed,
        ChaosKind.Duplicate => ChaosReasons.Duplicate,
        _ => Ordinary,
    };
}
