namespace Mayhem.Reporting;

/// <summary>What the outside world may see of a failure.</summary>
public enum ReportMode
{
    /// <summary>Dead letters and answers name the report and hold no values.</summary>
    Production,

    /// <summary>Everything is shown, on the console as well.</summary>
    Debug,
}

/// <summary>How failures are told. Bound from <c>Mayhem:Reports</c>.</summary>
public sealed class ReportsOptions
{
    /// <summary>What the outside world may see; <see cref="ReportMode.Production"/> by default.</summary>
    public ReportMode Mode { get; set; }

    /// <summary>True shows every report in full on standard error. Null, the default, does so in debug mode only.</summary>
    public bool? Console { get; set; }

    /// <summary>True if reports are shown on the console.</summary>
    public bool ShowsOnConsole => Console ?? Mode == ReportMode.Debug;

    /// <summary>What is wrong with the values, one sentence each that begins with the name of the option.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Enum.IsDefined(Mode))
            yield return $"{nameof(Mode)} is '{Mode}'; give {string.Join(" or ", Enum.GetNames<ReportMode>())}.";
    }
}
