"""The tag dock: chip after chip, a key for each tag, and the map that comes of it.

What its users do with it: they look at a square, press 1 for farmland and 4 for water, press the space bar, look at the
next; after twenty they train, look at the map, and tag those chips that would teach more.

What would disappoint them: to type the same words again and again into an attribute table; to lose their place, or the
tags of an hour; a wrong key that cannot be taken back; not to know how far they are. So: tags have numbers, each is in
the file at once, the same key takes it away, the next chip is the next one without tags, and the count is shown. What
is typed into the attribute table meanwhile is seen here, too.
"""

from __future__ import annotations

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtWidgets import QLabel

from ..engine.chips.tags import tags_of
from .chiptags import FIELD, ChipTags
from .rundock import NAME, RunDock

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
NEXT, BACK = " ", "\b"
AROUND = 2.0  # times a chip is seen


class TagDock(RunDock):
    """Tags of the chips of one layer."""

    def __init__(self, iface):
        super().__init__(iface, "obicTagDock", translate("TagDock", "Tags of chips"))
        self.chips, self.tags = None, []
        self._later = QTimer(self)  # many edits at once are looked at once
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._read_again)
        hint = translate("TagDock", "Add a tag: its name, then Enter")
        self.new_tag = self._entry("obicNewTag", hint, self._add_tag)
        self.list = self._list("obicTags")
        self.list.itemClicked.connect(lambda item: self.toggle(item.data(NAME)))
        self.make_button = self._button(translate("TagDock", "Make chips…"), self.make)
        self.back_button = self._button(translate("TagDock", "Back"), self.back)
        self.next_button = self._button(translate("TagDock", "Next chip"), self.next)
        buttons = [
            [self.make_button, self.back_button, self.next_button],
            [None, self.train_button, self.stop_button],
        ]
        keys = translate(
            "TagDock", "Keys: 1 to 9 give and take a tag, space is the next chip, backspace the last one."
        )
        self.hint = QLabel(keys, self._content)
        self._lay_out(translate("TagDock", "Chips"), self.new_tag, self.list, buttons, self.told, self.hint)
        self._open()

    @property
    def _layer(self):
        return self.chips.layer if self.chips is not None else None

    # chips and tags

    def _choose_layer(self, layer) -> None:
        self.chips = ChipTags(layer) if ChipTags.fits(layer) else None
        if self.chips is None:
            self.places.put([], None)
            self._tell(translate("TagDock", "Choose chips, polygons with a field called tags; or make some."))
        else:
            self.chips.see_through()
            self.places.put(self.chips.geometries, layer.crs())
            self._add(self.chips.names())
            self._tell("")
        self._listen(self._layer, self._edited)
        self._show()

    def _edited(self, *_) -> None:
        self._later.start(0)

    def _read_again(self) -> None:
        """See what was edited elsewhere, such as in the attribute table."""
        layer = self._layer
        if layer is None or sip.isdeleted(layer):
            return
        if not ChipTags.fits(layer):  # its field is gone
            self._choose_layer(layer)
            return
        before = self.chips.ids
        self.chips.read()
        if self.chips.ids != before:
            self.places.put(self.chips.geometries, layer.crs())
        self._add(self.chips.names())
        self._show()

    def _add(self, names) -> None:
        """Have them in the list of tags."""
        self.tags += [name for name in names if name not in self.tags]

    def _add_tag(self) -> None:
        """Add what is written to the tags, several with ; between them; the chip that is shown gets them."""
        names = tags_of(self.new_tag.text())
        self._add(names)
        self._clear(self.new_tag)
        if self.places.current is not None:
            for name in names:
                if name not in self.chips.of(self.places.index):
                    self.toggle(name)
        self._show()

    def toggle(self, tag: str) -> None:
        """Give the chip that is shown a tag, or take it away."""
        if self.places.current is None:
            self.next()
            return
        if self.chips.toggle(self.places.index, tag):
            self._show()
        else:
            self._tell(translate("TagDock", "{} cannot be changed.").format(self.chips.layer.name()))

    def next(self) -> None:
        """The next chip without tags; the next one where all have some."""
        if self.chips is None or not self.chips.ids:
            return
        index = self.chips.untagged_after(self.places.index)
        self._go((self.places.index + 1) % len(self.chips.ids) if index is None else index)

    def back(self) -> None:
        """The chip before."""
        if self.chips is not None and self.chips.ids:
            self._go((self.places.index - 1) % len(self.chips.ids))

    def _go(self, index: int) -> None:
        self._map.hide()  # over which nobody sees what the chip is
        self.places.go(index, AROUND)
        self._show()

    def _has_key(self, key: str) -> bool:
        if self.chips is None or not self.chips.ids:
            return False
        return key in (NEXT, BACK) or self._is_number(key, len(self.tags))

    def _press(self, key: str) -> None:
        if key == NEXT:
            self.next()
        elif key == BACK:
            self.back()
        else:
            self.toggle(self.tags[int(key) - 1])

    def _show(self) -> None:
        """The tags with their numbers, those of the chip checked, and how far it is."""
        own = self.chips.of(self.places.index) if self.places.current is not None else []
        self.list.clear()
        for tag in self.tags:
            item = self._add_row(self.list, tag, self.chips.count(tag) if self.chips is not None else 0)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setCheckState(Qt.CheckState.Checked if tag in own else Qt.CheckState.Unchecked)
        if self.chips is not None and self._run is None:
            text = translate("TagDock", "{} of {} chips have tags.")
            self._tell(text.format(self.chips.n_tagged, len(self.chips.ids)))
        self._enable()

    def _enable(self) -> None:
        super()._enable()
        some = self.chips is not None and bool(self.chips.ids)
        self.next_button.setEnabled(some)
        self.back_button.setEnabled(some)

    def _can_train(self) -> bool:
        return self.chips is not None and self.chips.n_tagged > 1

    def make(self) -> None:
        """Open the algorithm that cuts an image into chips."""
        import processing

        image = self.image.currentLayer()
        values = {"INPUT": [image.id()]} if image is not None else {}
        processing.createAlgorithmDialog("obic:chips", values).show()

    # training

    def _save(self) -> None:
        if self.chips.layer.isEditable():
            self.chips.layer.commitChanges(False)

    def _training(self, image, layer) -> tuple:
        values = {"INPUT": [image.id()], "CHIPS": layer.id(), "FIELD": FIELD}
        return "trainfromtags", {**values, **self._map.outputs()}
