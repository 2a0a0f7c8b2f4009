using System.Net;

namespace Mayhem.Dashboard;

/// <summary>Where the dashboard is, and what it may show.</summary>
public sealed record DashboardOptions
{
    /// <summary>The port, if nobody says otherwise: that of the Functions host.</summary>
    public const int DefaultPort = 7071;

    /// <summary>The first port that is tried; 0 for any that is free. Default: <see cref="DefaultPort"/>.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>How many ports after <see cref="Port"/> are tried if it is taken, 0 or more. Default: 9.</summary>
    public int MorePorts { get; init; } = 9;

    /// <summary>
    /// The address, or the name of this machine, by which others reach the dashboard; null, the default, for this machine only. Whoever reaches it reads it; from elsewhere nothing can be changed.
    /// </summary>
    public string? Listen { get; init; }

    /// <summary>True shows the values of variables and the bodies of messages.</summary>
    public bool ShowValues { get; init; }

    /// <summary>Who acts through the page, for the audit. Default: the user of this process.</summary>
    public string Operator { get; init; } = Environment.UserName;

    /// <summary>What is wrong with <see cref="Listen"/>, in words for the user; null if nothing is.</summary>
    public static string? ProblemOfListen(string listen) => Uri.CheckHostName(listen) switch
    {
        UriHostNameType.Unknown or UriHostNameType.Basic => $"'{listen}' is no address and no host name",
        UriHostNameType.Dns => null,
        _ when IPAddress.TryParse(listen, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) =>
            $"'{listen}' is no address that can be typed into a browser: give the one that others reach this machine by, or its name",
        _ => null,
    };
}
