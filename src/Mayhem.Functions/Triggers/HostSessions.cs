using System.Security.Cryptography;
using System.Text;

namespace Mayhem.Functions.Triggers;

/// <summary>The session that the requests for a host belong to.</summary>
public static class HostSessions
{
    private const int LongestId = 128;

    /// <summary>The host's name; the hash of a name that is longer than a SessionId may be.</summary>
    public static string IdOf(string host) => host.Length <= LongestId ? host : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(host)));
}
