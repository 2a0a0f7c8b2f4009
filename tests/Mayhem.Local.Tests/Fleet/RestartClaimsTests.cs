using Mayhem.Local.Fleet;
using Mayhem.Testing;

namespace Mayhem.Local.Tests.Fleet;

public class RestartClaimsTests
{
    [Fact]
    public void NameOf_AnyRequestId_IsASafeFileNameOfItsOwn()
    {
        string[] ids = ["req-1", "REQ-1", "../../etc/passwd", "a/b", "a_b", "a\0b", "č", "\ud800", "\ud801", new string('x', 100), new string('x', 99) + "y"];
        var names = ids.SelectMany(id => new[] { 1, 12 }, (id, attempt) => RestartClaims.NameOf(FleetBench.Order("h", id, attempt))).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches(@"^[A-Za-z0-9_-]{26,80}\.\d+$", name));
    }

    [Fact]
    public void Find_ClaimCutShort_CountsAsIssued()
    {
        using var folder = new TemporaryFolder();
        var order = FleetBench.Order("h");
        var claims = new RestartClaims(folder.Path);
        Assert.Null(claims.Find(order));
        File.WriteAllText(folder[RestartClaims.NameOf(order)], "");
        Assert.Equal(new(RestartClaims.NameOf(order)), claims.Find(order));
    }
}
