namespace Mayhem.Cli.Up.Load;

/// <summary>Tells the user of input lines that are no requests: at once, or, where a picture is on the terminal, when it is done.</summary>
/// <param name="writer">Where the lines go.</param>
/// <param name="hold">True to keep them back.</param>
internal sealed class RejectedLines(TextWriter writer, bool hold)
{
    private const int MaxHeld = 1000;

    private readonly List<string> held = [];
    private long unheld;

    /// <summary>Takes one.</summary>
    public void Add(string line)
    {
        if (!hold)
            writer.WriteLine(line);
        else if (held.Count < MaxHeld)
            held.Add(line);
        else
            unheld++;
    }

    /// <summary>Writes what was kept back.</summary>
    public void Release()
    {
        foreach (var line in held)
            writer.WriteLine(line);
        if (unheld > 0)
            writer.WriteLine($"and {unheld} more lines that are no requests");
        held.Clear();
    }
}
