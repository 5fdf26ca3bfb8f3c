"""What rigs have in common that number their items: each has a version, which shows in its mark, and may be broken."""

from __future__ import annotations

from abc import ABC, abstractmethod


def written(number: int, version: int) -> str:
    """The mark of an item."""
    return f"Item {number} " + "i" * version


class Numbered(ABC):
    def __init__(self) -> None:
        self.items: dict[int, tuple[int, bool]] = {}
        self.count = 0

    @abstractmethod
    def lay(self, number: int) -> None:
        """Lays the item down as `items` has it, or takes it away."""

    def add(self) -> str:
        self.count += 1
        return self._set(self.count, 1, True)

    def change(self, mark: str) -> str:
        number = self._number(mark)
        return self._set(number, self.items[number][0] + 1, True)

    def corrupt(self, mark: str) -> None:
        number = self._number(mark)
        self._set(number, self.items[number][0], False)

    def repair(self, mark: str) -> None:
        number = self._number(mark)
        self._set(number, self.items[number][0], True)

    def remove(self, mark: str) -> None:
        number = self._number(mark)
        del self.items[number]
        self.lay(number)

    def empty(self) -> None:
        gone = list(self.items)
        self.items.clear()
        for number in gone:
            self.lay(number)

    def there(self) -> set[str]:
        return {written(number, version) for number, (version, good) in self.items.items() if good}

    def _number(self, mark: str) -> int:
        return int(mark.split()[1])

    def _set(self, number: int, version: int, good: bool) -> str:
        self.items[number] = (version, good)
        self.lay(number)
        return written(number, version)
