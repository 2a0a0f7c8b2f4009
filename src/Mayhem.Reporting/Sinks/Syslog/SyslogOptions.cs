namespace Mayhem.Reporting.Sinks.Syslog;

/// <summary>How syslog messages travel.</summary>
public enum SyslogTransport
{
    /// <summary>A datagram for each, of which nobody knows whether it arrived (RFC 5426).</summary>
    Udp,

    /// <summary>A connection, with the length before each message (RFC 6587).</summary>
    Tcp,

    /// <summary>The socket of this machine's own daemon.</summary>
    Local,
}

/// <summary>Reports to syslog. Bound from <c>Mayhem:Reports:Syslog</c>; off without a host, or a socket if the transport is local.</summary>
public sealed class SyslogOptions
{
    private const int LongestAppName = 48;

    /// <summary>The server. Off without it, but for the local transport.</summary>
    public string? Host { get; set; }

    /// <summary>Its port, 1 to 65535; 514 by default.</summary>
    public int Port { get; set; } = 514;

    /// <summary>How messages travel; <see cref="SyslogTransport.Udp"/> by default.</summary>
    public SyslogTransport Transport { get; set; }

    /// <summary>The socket of the local transport; <c>/dev/log</c> by default.</summary>
    public string Socket { get; set; } = "/dev/log";

    /// <summary>The facility, 0 to 23; 16 (local0) by default.</summary>
    public int Facility { get; set; } = 16;

    /// <summary>The name of the application in the messages, 1 to 48 visible ASCII characters; <c>mayhem</c> by default.</summary>
    public string AppName { get; set; } = "mayhem";

    /// <summary>The kinds of reports that are sent; all by default.</summary>
    public string Kinds { get; set; } = "Retry, Final, Tolerated, ProcessFatal, Unhandled";

    /// <summary>How long sending may take; 10 s by default, more than 0 and at most 5 min.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>True if it is to be used.</summary>
    public bool IsOn => Transport == SyslogTransport.Local || !string.IsNullOrEmpty(Host);

    /// <summary>What is wrong with the values, one sentence each that begins with the name of the option.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Enum.IsDefined(Transport))
            yield return $"{nameof(Transport)} is '{Transport}'; give {string.Join(", ", Enum.GetNames<SyslogTransport>())}.";
        if (Port is < 1 or > 65535)
            yield return $"{nameof(Port)} is {Port}; allowed is 1 to 65535.";
        if (Facility is < 0 or > 23)
            yield return $"{nameof(Facility)} is {Facility}; allowed is 0 to 23.";
        if (AppName.Length is 0 or > LongestAppName || AppName.Any(character => character is <= ' ' or > '~'))
            yield return $"{nameof(AppName)} is '{AppName}'; give 1 to {LongestAppName} visible ASCII characters.";
        if (Transport == SyslogTransport.Local && !string.IsNullOrEmpty(Host))
            yield return $"{nameof(Host)} is '{Host}', and {nameof(Transport)} is {SyslogTransport.Local}, which needs no host: leave one of them out.";
        if (ReportKinds.Problem(nameof(Kinds), Kinds) is { } wrong)
            yield return wrong;
        if (SinkLimits.Problem(nameof(TimeLimit), TimeLimit) is { } limit)
            yield return limit;
    }
}
