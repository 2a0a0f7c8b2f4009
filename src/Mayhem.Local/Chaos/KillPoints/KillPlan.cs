using System.Globalization;
using System.Text.RegularExpressions;

namespace Mayhem.Local.Chaos.KillPoints;

/// <summary>When a run is to die.</summary>
/// <param name="Point">The moment.</param>
/// <param name="Passing">Which time the moment comes, from 1.</param>
/// <param name="RequestId">The one request for which it counts, or with a star at its end all that begin so; null for any. Journals know no requests.</param>
public sealed partial record KillPlan(KillPoint Point, int Passing = 1, string? RequestId = null)
{
    private static readonly Dictionary<string, KillPoint> Points = Enum.GetValues<KillPoint>().ToDictionary(NameOf, point => point, StringComparer.Ordinal);

    /// <summary>The name of a point, as in <c>after-effect</c>.</summary>
    public static string NameOf(KillPoint point) => Capitals().Replace(point.ToString(), match => (match.Index == 0 ? "" : "-") + char.ToLowerInvariant(match.Value[0]));

    /// <summary>Reads <c>POINT[:N][@REQUEST]</c>, as in <c>after-effect</c>, <c>after-effect:3</c> and <c>before-handler@2026-11-20-0042</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="error">What is wrong with it, with the names of all points; null if nothing is.</param>
    /// <returns>Null if the text is no plan.</returns>
    public static KillPlan? Parse(string text, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (moment, request) = Split(text, '@');
        var (name, number) = Split(moment, ':');
        error = null;
        if (!Points.TryGetValue(name, out var point))
            error = $"there is no point '{name}'; the points are {string.Join(", ", Points.Keys)}";
        else if (number is not null && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0))
            error = $"'{number}' is no number of a passing, from 1: write {name}:3 for the third time";
        else if (request is { Length: 0 } || (request is not null && !HasRequest(point)))
            error = request.Length == 0 ? $"there is no request id after '{moment}@'" : $"a journal knows no requests: write {moment} alone";
        return error is null ? new KillPlan(point, number is null ? 1 : int.Parse(number, CultureInfo.InvariantCulture), request) : null;
    }

    /// <summary>True if it counts for a request.</summary>
    public bool IsFor(string? requestId) => RequestId is not { } wanted
        || (wanted.EndsWith('*') ? requestId?.StartsWith(wanted[..^1], StringComparison.Ordinal) == true : string.Equals(wanted, requestId, StringComparison.Ordinal));

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{NameOf(Point)}:{Passing}{(RequestId is null ? "" : "@" + RequestId)}");

    private static bool HasRequest(KillPoint point) =>
        point is not (KillPoint.TornQueueWrite or KillPoint.TornLedgerWrite or KillPoint.BeforeLogRename or KillPoint.AfterLogRename);

    private static (string Before, string? After) Split(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);

    [GeneratedRegex("[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Capitals();
}
