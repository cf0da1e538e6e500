ALTER TABLE `credit_entry` ADD `because` text;--> statement-breakpoint
ALTER TABLE `sheet_import` ADD `choices` text;