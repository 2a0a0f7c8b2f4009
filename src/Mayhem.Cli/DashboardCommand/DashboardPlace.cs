using Mayhem.Dashboard;
using Mayhem.Reporting;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.DashboardCommand;

/// <summary>Where a dashboard is to be.</summary>
internal sealed record DashboardPlace
{
    private const string ModeKey = "Mayhem:Reports:Mode";

    /// <summary>The port, 1 to 65535, or 0 for any that is free; null for <see cref="DashboardOptions.DefaultPort"/>, or one of the next if that is taken.</summary>
    public int? Port { get; init; }

    /// <summary>By what others reach this machine; null for this machine only.</summary>
    public string? Listen { get; init; }

    /// <summary>What is wrong with it, in words for the user; null if nothing is.</summary>
    public string? Error()
    {
        if (Port is < 0 or > ushort.MaxValue)
            return $"--port must be from 0 to {ushort.MaxValue}, not {Port}: 0 takes any that is free";
        return Listen is { } listen && DashboardOptions.ProblemOfListen(listen) is { } problem ? $"--listen: {problem}" : null;
    }

    /// <summary>The options of a dashboard here.</summary>
    /// <param name="configuration">The settings: the mode of reports, if it is set, decides whether values are shown.</param>
    /// <param name="isLocal">True if what is shown belongs to this machine.</param>
    public DashboardOptions Options(IConfiguration configuration, bool isLocal) => new()
    {
        Port = Port ?? DashboardOptions.DefaultPort,
        MorePorts = Port is null ? new DashboardOptions().MorePorts : 0,
        Listen = Listen,
        ShowValues = Enum.TryParse<ReportMode>(configuration[ModeKey], ignoreCase: true, out var mode) ? mode == ReportMode.Debug : isLocal && Listen is null,
    };
}
