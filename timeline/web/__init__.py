"""The public pages: plain HTML, from the public record alone."""
