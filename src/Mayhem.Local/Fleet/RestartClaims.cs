using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Mayhem.Restarts;

namespace Mayhem.Local.Fleet;

/// <summary>
/// The claims of orders: a file for each order that a host's process was started for. The process itself creates it, which
/// succeeds once, so an order starts one process however often it is issued and whoever dies meanwhile.
/// </summary>
internal sealed class RestartClaims(string folder)
{
    private const int ReadableLength = 40;

    /// <summary>The file's name for an order, safe for any request id: a readable part and a hash of the whole.</summary>
    public static string NameOf(RestartOrder order)
    {
        var id = order.Request.RequestId;
        var readable = string.Concat(id.Take(ReadableLength).Select(character => char.IsAsciiLetterOrDigit(character) || character == '-' ? character : '_'));
        var hash = SHA256.HashData(MemoryMarshal.AsBytes<char>(id));
        return $"{readable}-{Convert.ToHexStringLower(hash.AsSpan(0, 12))}.{order.Attempt}";
    }

    /// <summary>The restart that a process was started for this order with; null if none was.</summary>
    public IssuedRestart? Find(RestartOrder order)
    {
        var name = NameOf(order);
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return null;

        // A process that died while it wrote has left a claim that counts, if not all of its lines.
        var lines = File.ReadAllLines(path);
        return new IssuedRestart(name, Number(lines, "old-pid="), Number(lines, "pid="));
    }

    /// <summary>Removes claims last written before this time.</summary>
    public void RemoveOlderThan(DateTimeOffset limit)
    {
        foreach (var claim in new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < limit.UtcDateTime))
            claim.Delete();
    }

    private static int? Number(string[] lines, string key) =>
        Array.Find(lines, line => line.StartsWith(key, StringComparison.Ordinal)) is { } line && int.TryParse(line.AsSpan(key.Length), out var number) ? number : null;
}
