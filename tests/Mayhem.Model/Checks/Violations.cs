namespace Mayhem.Model.Checks;

/// <summary>What was seen that must never be.</summary>
internal sealed class Violations
{
    private readonly List<string> all = [];

    public IReadOnlyList<string> All => all;

    public void Add(string what) => all.Add(what);
}
