using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Mayhem.Dashboard.Server;

/// <summary>Reads what a request asks for.</summary>
internal static class Asked
{
    /// <summary>A text of the query; null if it is not there or empty.</summary>
    public static string? Text(HttpContext context, string name) => context.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>All whole numbers of a name in the query; null if there are none.</summary>
    public static IReadOnlyList<long>? Numbers(HttpContext context, string name)
    {
        var found = new List<long>();
        foreach (var text in context.Request.Query[name])
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                found.Add(number);
        }

        return found.Count > 0 ? found : null;
    }

    /// <summary>A whole number of the query, kept within bounds; the fallback if it is none.</summary>
    public static int Number(HttpContext context, string name, int fallback, int least, int most) =>
        Math.Clamp(int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : fallback, least, most);
}
